namespace IrohLite.RelayServer.Access;

/// <summary>Who asks for access: the proven id as 64 lower-case hex characters, and the token it presented, if any.</summary>
public sealed record RelayClientInfo(string EndpointId, string? Token);
