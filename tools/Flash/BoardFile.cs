using System;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace IrohLite.Tools.Flash;

/// <summary>The facts of boards/NAME/board.json that flashing needs.</summary>
internal sealed record BoardFile(string Name, string Title, string NanoffTarget, int MinChipRevision, bool NeedsPsram, int FlashBaud, string DeployAddress)
{
    public static BoardFile Load(string root, string name)
    {
        string folder = Path.Combine(root, "boards");
        string path = Path.Combine(folder, name, "board.json");
        if (name.Length == 0 || name.IndexOfAny(Path.GetInvalidFileNameChars()) >= 0 || !File.Exists(path))
            throw new FlashException("There is no board '" + name + "'. Boards: " + string.Join(", ", Known(folder)));
        JsonElement json = JsonDocument.Parse(File.ReadAllText(path)).RootElement;
        if (json.GetProperty("kind").GetString() != "esp32")
            throw new FlashException("The board '" + name + "' has nothing to flash. Boards: " + string.Join(", ", Known(folder)));
        return new BoardFile(name, json.GetProperty("title").GetString()!, json.GetProperty("nanoffTarget").GetString()!,
            json.GetProperty("minChipRevision").GetInt32(), json.GetProperty("needsPsram").GetBoolean(),
            json.GetProperty("flashBaud").GetInt32(), json.GetProperty("deployAddress").GetString()!);
    }

    private static string[] Known(string folder) => Directory.GetDirectories(folder)
        .Where(d => File.Exists(Path.Combine(d, "BoardPins.cs"))).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal).ToArray();
}
