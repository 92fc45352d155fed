using IrohLite.Text;

namespace IrohLite.Relay;

/// <summary>Text that a relay sends, made fit for a log.</summary>
internal static class RelayText
{
    /// <summary>Decodes UTF-8; what is no text, and every control character, becomes '?', so that one message stays one line.</summary>
    public static string Decode(byte[] buffer, int offset, int count)
    {
        char[] text = Utf8.DecodeLossy(buffer, offset, count).ToCharArray();
        for (int i = 0; i < text.Length; i++)
            if (text[i] < ' ' || text[i] == (char)0x7F) text[i] = '?';
        return new string(text);
    }
}
