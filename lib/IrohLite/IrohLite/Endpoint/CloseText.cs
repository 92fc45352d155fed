using IrohLite.Quic;

namespace IrohLite;

/// <summary>The end of a connection in words, and as the exception that a caller gets.</summary>
internal static class CloseText
{
    private const long NoApplicationProtocol = TransportErrorCode.CryptoErrorBase + 120;

    /// <summary>One clause, such as "closed by the peer with code 7 (bye!)".</summary>
    internal static string Of(QuicCloseInfo close)
    {
        if (close == null) return "not closed";
        switch (close.Kind)
        {
            case QuicCloseKind.LocalApplication: return "closed by this side with code " + close.Code.ToString() + Reason(close);
            case QuicCloseKind.RemoteApplication: return "closed by the peer with code " + close.Code.ToString() + Reason(close);
            case QuicCloseKind.LocalTransport: return "given up because of " + TransportErrorCode.Text(close.Code) + Reason(close);
            case QuicCloseKind.RemoteTransport: return "given up by the peer with " + TransportErrorCode.Text(close.Code) + Reason(close);
            case QuicCloseKind.IdleTimeout: return "lost: nothing was heard for the idle timeout";
            case QuicCloseKind.StatelessReset: return "lost: the peer does not know it any more (restarted?)";
            case QuicCloseKind.VersionMismatch: return "impossible: the peer does not speak QUIC version 1";
            default: return "closed";
        }
    }

    /// <summary>For calls on a connection that has ended.</summary>
    internal static IrohException Ended(QuicCloseInfo close)
    {
        return new IrohException(IrohError.ConnectionClosed, "the connection was " + Of(close), close, 0);
    }

    /// <summary>For a dial that ended before the handshake did.</summary>
    internal static IrohException DialFailed(string peer, string alpn, QuicCloseInfo close, string relayHint)
    {
        int error = IrohError.HandshakeFailed;
        string text = "cannot connect to " + peer + ": ";
        if (close.Code == NoApplicationProtocol && IsTransport(close))
        {
            error = IrohError.UnknownAlpn;
            text += "it does not serve the protocol '" + alpn + "'. Try another protocol name";
        }
        else if (close.Kind == QuicCloseKind.RemoteTransport && close.Code == TransportErrorCode.ConnectionRefused)
        {
            error = IrohError.Refused;
            text += "it refuses connections" + Reason(close) + ". It may be full, or accept no connections at all; try again later";
        }
        else if (close.Kind == QuicCloseKind.LocalTransport && TransportErrorCode.IsCryptoError(close.Code) && IsIdentity(close.Code))
        {
            error = IrohError.WrongIdentity;
            text += "who answered could not prove to be that endpoint" + Reason(close) + ". Ask for a fresh ticket";
        }
        else if (close.Kind == QuicCloseKind.IdleTimeout)
        {
            error = IrohError.Timeout;
            text += "no answer" + relayHint;
        }
        else
        {
            text += "the connection was " + Of(close);
        }

        return new IrohException(error, text, close, 0);
    }

    private static bool IsTransport(QuicCloseInfo close)
    {
        return close.Kind == QuicCloseKind.RemoteTransport || close.Kind == QuicCloseKind.LocalTransport;
    }

    // bad_certificate, unsupported_certificate, certificate_unknown, unknown_ca, access_denied, decrypt_error (RFC 8446 section 6).
    private static bool IsIdentity(long code)
    {
        long alert = code - TransportErrorCode.CryptoErrorBase;
        return alert == 42 || alert == 43 || alert == 46 || alert == 48 || alert == 49 || alert == 51;
    }

    private static string Reason(QuicCloseInfo close)
    {
        return close.Reason == null || close.Reason.Length == 0 ? "" : " (" + close.Reason + ")";
    }
}
