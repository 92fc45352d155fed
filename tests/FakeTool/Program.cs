using System;
using System.IO;
using System.Linq;
using System.Text.Json;

// FAKE_TOOL_LOG gets one line per call, a JSON array of the arguments. FAKE_TOOL_ANSWERS is a JSON array of
// { when, exit, output, file, content }: the first whose "when" is among the arguments or is the end of one decides.
string log = Environment.GetEnvironmentVariable("FAKE_TOOL_LOG")!;
File.AppendAllText(log, JsonSerializer.Serialize(args) + "\n");
JsonElement answers = JsonDocument.Parse(File.ReadAllText(Environment.GetEnvironmentVariable("FAKE_TOOL_ANSWERS")!)).RootElement;
foreach (JsonElement answer in answers.EnumerateArray())
{
    if (!args.Any(a => a.EndsWith(answer.GetProperty("when").GetString()!, StringComparison.Ordinal))) continue;
    Console.Out.Write(answer.GetProperty("output").GetString());
    if (answer.TryGetProperty("file", out JsonElement file) && file.GetString() is { } path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, answer.GetProperty("content").GetString());
    }
    return answer.GetProperty("exit").GetInt32();
}
Console.Error.WriteLine("fake tool: no answer for " + string.Join(" ", args));
return 99;
