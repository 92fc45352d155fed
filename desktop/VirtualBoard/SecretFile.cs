using System;
using System.IO;
using IrohLite.Crypto;
using IrohLite.Identity;
using IrohLite.Text;

namespace IrohLite.Desktop;

/// <summary>Keeps an endpoint's secret key in a text file of one line, readable by its owner only.</summary>
public static class SecretFile
{
    private const int MaxChars = 1024;

    /// <summary>The key in the file; a missing file is made with a new key. Without a path a new key that is kept nowhere.</summary>
    public static SecretKey Load(string? path, ICryptoProvider crypto, IRandomSource random)
    {
        if (path == null) return SecretKey.Generate(random, crypto);
        try
        {
            if (Directory.Exists(path)) throw new UserException("secret-file", "the secret file " + path + " is a folder: name a file in it");
            if (!File.Exists(path)) return Create(path, crypto, random);
            if (SecretKey.TryParse(ReadStart(path).Trim(), crypto, out SecretKey key)) return key;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException("secret-file", "the secret file " + path + " cannot be used: " + e.Message);
        }

        throw new UserException("secret-file", "the secret file " + path
            + " does not hold a secret key: 64 hex characters, or 52 of base32. Name another file, or one that does not exist yet");
    }

    // A key has 64 characters; whatever else the file is, it is not read to its end.
    private static string ReadStart(string path)
    {
        char[] start = new char[MaxChars];
        using StreamReader reader = new(path);
        return new string(start, 0, reader.ReadBlock(start));
    }

    private static SecretKey Create(string path, ICryptoProvider crypto, IRandomSource random)
    {
        SecretKey key = SecretKey.Generate(random, crypto);
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using StreamWriter writer = new(path, options);
        writer.WriteLine(Hex.Encode(key.Seed, 0, 32));
        return key;
    }
}
