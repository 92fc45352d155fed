using IrohLite.Desktop;
using IrohLite.Tickets;

namespace IrohLite.Cli.Node;

/// <summary>Postcard fields read in order; a cut-off answer throws a <see cref="UserException"/>.</summary>
internal readonly struct Fields(PostcardReader reader)
{
    private const int MaxTextBytes = 1024;

    internal int Byte() => reader.TryReadByte(out int value) ? value : throw CutOff();

    internal bool Flag() => Byte() switch { 0 => false, 1 => true, _ => throw CutOff() };

    internal long Number() => reader.TryReadUInt64(out long value) ? value : throw CutOff();

    internal int Signed()
    {
        long zigzag = reader.TryReadUInt32(out long value) ? value : throw CutOff();
        return (int)(zigzag >> 1) ^ -(int)(zigzag & 1);
    }

    internal string Text() => reader.TryReadString(MaxTextBytes, out string text) ? text : throw CutOff();

    internal double Float()
    {
        byte[] bytes = new byte[4];
        return reader.TryReadFixed(bytes, 0, 4) ? System.Math.Round(System.BitConverter.ToSingle(bytes), 2) : throw CutOff();
    }

    private static UserException CutOff() => new("bad-answer", "the node's answer cannot be decoded: does it speak another version?");
}
