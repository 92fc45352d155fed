using IrohLite.Text;

namespace IrohLite.Identity;

/// <summary>The text forms that iroh accepts for ids and secret keys alike. Messages never repeat the text: it may be a secret.</summary>
internal static class KeyText
{
    private const int HexLength = 64;
    private const int Base32Length = 52;

    public static bool TryParse(string text, string what, byte[] bytes, out string error)
    {
        error = null;
        if (text == null || text.Length == 0)
        {
            error = what + " is empty";
            return false;
        }

        if (text.Length == HexLength)
        {
            if (Hex.TryDecode(text, bytes, 0, 32)) return true;
            error = what + " of 64 characters is not lower-case hex";
            return false;
        }

        if (text.Length != Base32Length)
        {
            error = what + " has " + text.Length.ToString() + " characters; expected 64 (hex) or 52 (base32)";
            return false;
        }

        if (Base32.TryDecode(text, bytes, 0, 32, out int count) && count == 32) return true;
        error = what + " of 52 characters is not base32";
        return false;
    }
}
