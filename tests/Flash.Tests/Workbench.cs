using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using IrohLite.Tools.Flash;

namespace Flash.Tests;

/// <summary>A checkout in a temporary folder with fake tools: every call of a tool is noted, every answer is set by the test.</summary>
internal sealed class Workbench : IDisposable
{
    private readonly List<object> _answers = [];
    private readonly Dictionary<string, string?> _variables = [];
    private readonly StringWriter _output = new();

    public Workbench()
    {
        Root = Path.Combine(Path.GetTempPath(), "flash-tests-" + Guid.NewGuid().ToString("N"));
        foreach (string file in Directory.GetFiles(Repository.PathOf("boards"), "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(Root, Path.GetRelativePath(Repository.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
        Directory.CreateDirectory(Path.Combine(Root, "firmware"));
        File.Copy(Repository.PathOf("firmware", "relay-roots.pem"), Path.Combine(Root, "firmware", "relay-roots.pem"));
        File.WriteAllText(Secrets, "SSID=home\nPASSWORD=correct-horse\n");
        string fake = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "FakeTool.exe" : "FakeTool");
        foreach (string name in new[] { Toolbox.NanoffVariable, Toolbox.MSBuildVariable, Toolbox.NuGetVariable }) _variables[name] = fake;
    }

    public string Root { get; }

    public string Secrets => Path.Combine(Root, "wifi.secrets");

    public string Image => Path.Combine(Root, "firmware", "bin", "Release", "Firmware.bin");

    public string Output => _output.ToString();

    /// <summary>The calls of the tools, arguments joined with blanks, the checkout's path shortened to "~".</summary>
    public string[] Calls => !File.Exists(Log) ? [] : File.ReadAllLines(Log)
        .Select(l => string.Join(' ', JsonSerializer.Deserialize<string[]>(l)!).Replace(Root, "~").Replace('\\', '/')).ToArray();

    /// <summary>The calls of nanoff alone.</summary>
    public string[] NanoffCalls => Calls.Where(c => c.StartsWith("--", StringComparison.Ordinal)).ToArray();

    private string Log => Path.Combine(Root, "calls.log");

    public Workbench Set(string variable, string? value)
    {
        _variables[variable] = value;
        return this;
    }

    /// <summary>The first answer given for a word wins.</summary>
    public Workbench Answer(string when, string output, int exit = 0)
    {
        _answers.Add(new { when, output, exit });
        return this;
    }

    public Workbench AnswerWithFile(string when, string file, string content)
    {
        _answers.Add(new { when, output = "", exit = 0, file, content });
        return this;
    }

    /// <summary>Answers under which everything works, for what was not set before.</summary>
    public Workbench WhereAllIsWell() => Answer("--version", NanoffTexts.Version, 1).Answer("restore", "").AnswerWithFile("-t:Rebuild", Image, "NFMRK1\0\0image")
        .Answer("--checkpsram", NanoffTexts.Details()).Answer("--devicedetails", NanoffTexts.Details()).Answer("--update", NanoffTexts.Deployed)
        .Answer("--deploy", NanoffTexts.Deployed);

    /// <summary>A runtime image to write.</summary>
    public string Runtime(string name = "nanoCLR.bin", int bytes = 1024, byte first = 0xE9)
    {
        string path = Path.Combine(Root, name);
        byte[] image = new byte[bytes];
        if (bytes > 0) image[0] = first;
        File.WriteAllBytes(path, image);
        return path;
    }

    public int Run(FlashRequest request)
    {
        string answers = Path.Combine(Root, "answers.json");
        File.WriteAllText(answers, JsonSerializer.Serialize(_answers));
        ProcessRunner runner = new(_output, new Dictionary<string, string> { ["FAKE_TOOL_LOG"] = Log, ["FAKE_TOOL_ANSWERS"] = answers });
        return new FlashJob(Root, request, new Toolbox(n => _variables.GetValueOrDefault(n), runner), runner, _output).Run();
    }

    public void Dispose() => Directory.Delete(Root, true);
}
