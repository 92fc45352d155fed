using System.Globalization;
using System.Text.RegularExpressions;

namespace IrohLite.Tools.Flash;

/// <summary>What `nanoff --devicedetails` tells about the chip.</summary>
internal sealed partial record DeviceDetails(string Chip, string Description, int Revision, PsramState Psram)
{
    /// <summary>Reads the text; null when it holds no chip.</summary>
    public static DeviceDetails? Parse(string output)
    {
        Match chip = ChipLine().Match(output);
        if (!chip.Success) return null;
        Match revision = RevisionText().Match(chip.Value);
        Match psram = PsramLine().Match(output);
        PsramState state = !psram.Success ? PsramState.Undetermined : psram.Groups[1].Value switch
        {
            "not available" => PsramState.No,
            "undetermined" => PsramState.Undetermined,
            _ => PsramState.Yes,
        };
        int number = revision.Success ? int.Parse(revision.Groups[1].Value, CultureInfo.InvariantCulture) : -1;
        return new DeviceDetails(chip.Groups[1].Value, chip.Value.Trim(), number, state);
    }

    /// <summary>Why the board's image does not fit this chip; null when it does. An undetermined PSRAM is no objection here.</summary>
    public string? Objection(BoardFile board)
    {
        if (Chip != "ESP32") return "The chip is an " + Description + ", but " + board.Title + " has an ESP32.";
        if (Revision < 0) return "nanoff did not tell the revision of the chip (" + Description + ").";
        if (Revision < board.MinChipRevision)
            return "The chip is of revision " + Revision + ", but the image " + board.NanoffTarget + " needs revision " + board.MinChipRevision
                + " or newer and would not start (" + Description + ").";
        return board.NeedsPsram && Psram == PsramState.No
            ? "The chip has no PSRAM, which holds the node's memory: this is no WROVER module (" + Description + ")."
            : null;
    }

    [GeneratedRegex(@"^(ESP32(?:-[A-Z]\d*)?)(?= \(|\s*$)[^\r\n]*", RegexOptions.Multiline)]
    private static partial Regex ChipLine();

    [GeneratedRegex(@"\(revision v?(\d+)(?:\.\d+)?\)")]
    private static partial Regex RevisionText();

    [GeneratedRegex(@"^PSRAM: ([^\r\n]+?)\s*$", RegexOptions.Multiline)]
    private static partial Regex PsramLine();
}
