namespace IrohLite;

/// <summary>The work that <see cref="TurnGate"/> lets one thread at a time do.</summary>
internal interface ITurn
{
    /// <summary>
    /// Does everything that can be done now. Returns when the next turn is due at the latest, on the endpoint's clock, or
    /// <see cref="TurnGate.Again"/> when work is left.
    /// </summary>
    long RunTurn();
}
