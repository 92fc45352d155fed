using IrohLite.Buffers;
using IrohLite.Crypto;

namespace IrohLite.Quic;

/// <summary>The packet keys of one level, both directions: handles of the crypto provider, where the keys themselves live.</summary>
internal sealed class LevelKeys
{
    /// <summary>"No key": handles of the provider are never negative.</summary>
    public const int None = -1;

    private readonly ICryptoProvider _crypto;

    public LevelKeys(ICryptoProvider crypto)
    {
        _crypto = crypto;
    }

    /// <summary>Opens what the peer sends, or <see cref="None"/>.</summary>
    public int ReceiveKeys { get; private set; } = None;

    /// <summary>Seals what we send, or <see cref="None"/>.</summary>
    public int SendKeys { get; private set; } = None;

    /// <summary>True between an install of both directions and the release.</summary>
    public bool Installed => SendKeys != None;

    /// <summary>Takes both directions' 32-byte traffic secrets; 1-RTT secrets are <paramref name="updatable"/>. Replaces earlier keys.</summary>
    public void Install(byte[] clientSecret, int clientOffset, byte[] serverSecret, int serverOffset, bool isClient, bool updatable)
    {
        Release();
        ReceiveKeys = isClient
            ? _crypto.CreatePacketKeys(serverSecret, serverOffset, updatable)
            : _crypto.CreatePacketKeys(clientSecret, clientOffset, updatable);
        SendKeys = isClient
            ? _crypto.CreatePacketKeys(clientSecret, clientOffset, updatable)
            : _crypto.CreatePacketKeys(serverSecret, serverOffset, updatable);
    }

    /// <summary>Installs the Initial keys for a destination id; again after a Retry, with the new one.</summary>
    public void InstallInitial(ConnectionId dcid, bool isClient)
    {
        byte[] secrets = new byte[2 * InitialSecrets.SecretSizeBytes];
        InitialSecrets.Derive(_crypto, dcid, secrets, 0, secrets, InitialSecrets.SecretSizeBytes);
        Install(secrets, 0, secrets, InitialSecrets.SecretSizeBytes, isClient, false);
        Bytes.Wipe(secrets, 0, secrets.Length);
    }

    /// <summary>
    /// Installs what opens a client's Initials, and nothing to answer with: most packets to an unknown id are noise, and half of the work
    /// tells. Follow it by <see cref="TryInstallInitialSend"/>.
    /// </summary>
    public void InstallInitialReceive(ConnectionId dcid)
    {
        Release();
        byte[] secret = new byte[InitialSecrets.SecretSizeBytes];
        InitialSecrets.DeriveOne(_crypto, dcid, true, secret, 0);
        ReceiveKeys = _crypto.CreatePacketKeys(secret, 0, false);
        Bytes.Wipe(secret, 0, secret.Length);
    }

    /// <summary>The other half of a server's Initial keys; false when the provider has no slot left.</summary>
    public bool TryInstallInitialSend(ConnectionId dcid)
    {
        byte[] secret = new byte[InitialSecrets.SecretSizeBytes];
        InitialSecrets.DeriveOne(_crypto, dcid, false, secret, 0);
        try
        {
            SendKeys = _crypto.CreatePacketKeys(secret, 0, false);
        }
        catch (CryptoException)
        {
            return false;
        }

        Bytes.Wipe(secret, 0, secret.Length);
        return true;
    }

    /// <summary>Wipes the keys and frees their slots; may be called at any time, again and again.</summary>
    public void Release()
    {
        if (ReceiveKeys != None) _crypto.ReleasePacketKeys(ReceiveKeys);
        ReceiveKeys = None;
        if (SendKeys != None) _crypto.ReleasePacketKeys(SendKeys);
        SendKeys = None;
    }
}
