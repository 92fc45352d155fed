namespace IrohLite.Desktop;

/// <summary>What a user chooses about the virtual board's world and configuration.</summary>
public sealed class BoardChoices
{
    /// <summary>Lines of a wifi.secrets file that are added to the board's own; null = none.</summary>
    public string[]? Secrets { get; set; }

    /// <summary>Endpoint ids that may control the board, separated by commas; empty = nobody.</summary>
    public string Owners { get; set; } = "";

    /// <summary>Repeats the faults of a run.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Share of spoiled sensor transmissions, 0 to 1.</summary>
    public double FaultRate { get; set; } = 0.02;

    /// <summary>CSV file for the inside air, a row a minute; null = a daily curve.</summary>
    public string? InsideCsv { get; set; }

    /// <summary>CSV file for the outside air, a row a minute; null = a daily curve.</summary>
    public string? OutsideCsv { get; set; }

    /// <summary>Folder of the board's flash; null = memory, lost with the process.</summary>
    public string? FlashFolder { get; set; }
}
