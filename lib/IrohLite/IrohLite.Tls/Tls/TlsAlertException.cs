using System;

namespace IrohLite.Tls;

/// <summary>The handshake cannot go on; the transport closes the connection with the alert.</summary>
public sealed class TlsAlertException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="alert">A <see cref="TlsAlert"/> number.</param>
    /// <param name="message">What was wrong, for logs and the reason phrase; holds no secret.</param>
    public TlsAlertException(int alert, string message)
        : base(message)
    {
        Alert = alert;
    }

    internal TlsAlertException(int alert, string message, bool isTransportRule)
        : this(alert, message)
    {
        IsTransportRule = isTransportRule;
    }

    /// <summary>The alert to send, a <see cref="TlsAlert"/> number.</summary>
    public int Alert { get; }

    /// <summary>
    /// True when TLS itself would not mind: the rule is one that QUIC adds (RFC 9001 section 8.4), and its own PROTOCOL_VIOLATION tells
    /// of it instead of the alert.
    /// </summary>
    public bool IsTransportRule { get; }
}
