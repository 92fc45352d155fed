using System.Text;

namespace IrohLite.Identity;

/// <summary>Percent-encoding with the character sets of the WHATWG URL standard, section 1.3.</summary>
internal static class UrlEscape
{
    // Printable characters each set encodes; control characters, space and bytes from 7F up always are.
    public const string Fragment = "\"<>`";
    public const string Query = "\"#<>";
    public const string SpecialQuery = "\"#<>'";
    public const string Path = "\"#<>?^`{}";
    public const string UserInfo = "\"#<>?^`{}/:;=@[\\]|";

    public static void Append(byte[] input, int from, int to, string encoded, StringBuilder output)
    {
        for (int i = from; i < to; i++)
        {
            byte c = input[i];
            if (c > 0x20 && c < 0x7F && encoded.IndexOf((char)c) < 0)
            {
                output.Append((char)c);
                continue;
            }

            output.Append('%');
            output.Append(Digit(c >> 4));
            output.Append(Digit(c & 15));
        }
    }

    private static char Digit(int value)
    {
        return (char)(value < 10 ? '0' + value : 'A' + value - 10);
    }
}
