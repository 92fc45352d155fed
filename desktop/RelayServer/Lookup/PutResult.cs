namespace IrohLite.RelayServer.Lookup;

/// <summary>Outcome of offering a packet to the <see cref="PkarrStore"/>.</summary>
public enum PutResult
{
    /// <summary>Stored, or an equal or newer one was there already.</summary>
    Accepted,

    /// <summary>Not a signed packet of this id.</summary>
    Refused,
}
