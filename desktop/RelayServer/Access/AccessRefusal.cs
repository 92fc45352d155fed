namespace IrohLite.RelayServer.Access;

/// <summary>
/// Why a client may not use the relay: the reason it is told, and, where nobody refused it but whoever decides could not be asked, what
/// the matter was; that is for the relay's owner alone.
/// </summary>
public sealed record AccessRefusal(string Reason, string? Trouble = null)
{
    /// <summary>The usual refusal.</summary>
    public static AccessRefusal NotAuthorized { get; } = new("not authorized");

    /// <summary>Told to the client as a refusal like any other.</summary>
    public static AccessRefusal Undecided(string trouble) => NotAuthorized with { Trouble = trouble };
}
