using System;
using System.Text.Json.Nodes;
using System.Threading;
using IrohLite.Interop;

// Our endpoints as a child process of a script: requests come as JSON lines, {"seq":1,"op":"bind",...}, and each is answered by
// {"seq":1,"ok":true,...} or {"seq":1,"ok":false,"error":...}; several may be under way at once. Lines without "seq" are events.
Answers answers = new(Console.OpenStandardOutput());
Peer peer = new(answers);
answers.Event("ready", new JsonObject { ["pid"] = Environment.ProcessId });
string? line;
while ((line = Console.In.ReadLine()) != null)
{
    JsonObject request = JsonNode.Parse(line)!.AsObject();
    new Thread(() => peer.Handle(request)) { IsBackground = true }.Start();
}

peer.CloseAll();
Environment.Exit(0);
