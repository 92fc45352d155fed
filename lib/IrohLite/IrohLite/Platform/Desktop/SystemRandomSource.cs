using System.Security.Cryptography;
using IrohLite.Crypto;

namespace IrohLite.Platform;

/// <summary>Random bytes of the operating system.</summary>
public sealed class SystemRandomSource : IRandomSource
{
    /// <inheritdoc/>
    public void Fill(byte[] buffer, int offset, int count)
    {
        RandomNumberGenerator.Fill(new System.Span<byte>(buffer, offset, count));
    }
}
