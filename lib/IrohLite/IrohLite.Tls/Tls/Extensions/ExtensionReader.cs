using IrohLite.Buffers;

namespace IrohLite.Tls;

/// <summary>Walks the extension block that ends a message; refuses duplicates and bytes behind the block.</summary>
internal sealed class ExtensionReader
{
    private readonly string _message;
    private readonly ByteReader _block = new ByteReader();
    private readonly int[] _seen = new int[TlsLimits.MaxExtensions];
    private int _count;

    /// <summary>Enters the block at the reader's position, which must reach to the reader's end.</summary>
    public ExtensionReader(ByteReader reader, string message)
    {
        _message = message;
        TlsVector.Read16(reader, _block);
        TlsVector.ExpectEnd(reader, message);
    }

    /// <summary>The type of the extension at hand.</summary>
    public int Type { get; private set; }

    /// <summary>The content of the extension at hand; reused for the next.</summary>
    public ByteReader Body { get; } = new ByteReader();

    /// <summary>Goes to the next extension; false after the last.</summary>
    public bool Next()
    {
        if (_block.Remaining == 0) return false;
        Type = _block.ReadUInt16();
        TlsVector.Read16(_block, Body);

        // RFC 8446 section 4.2: no more than one extension of a type in one block.
        for (int i = 0; i < _count; i++)
            if (_seen[i] == Type)
                throw new TlsAlertException(TlsAlert.IllegalParameter, _message + ": extension " + Type.ToString() + " appears twice");
        if (_count == TlsLimits.MaxExtensions)
            throw new TlsAlertException(TlsAlert.DecodeError, _message + ": too many extensions");
        _seen[_count++] = Type;
        return true;
    }

    /// <summary>Refuses bytes that the extension at hand should not hold.</summary>
    public void ExpectEnd()
    {
        if (Body.Remaining != 0)
            throw new TlsAlertException(TlsAlert.DecodeError, _message + ": trailing bytes in extension " + Type.ToString());
    }
}
