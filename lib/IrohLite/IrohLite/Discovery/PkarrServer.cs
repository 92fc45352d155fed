using IrohLite.Identity;

namespace IrohLite.Discovery;

/// <summary>A pkarr server's address, such as https://dns.iroh.link/pkarr, and the path of an id below it.</summary>
public sealed class PkarrServer
{
    private readonly string _path;

    private PkarrServer(RelayUrl url, string path)
    {
        Url = url;
        _path = path;
    }

    /// <summary>Where to connect.</summary>
    public RelayUrl Url { get; }

    /// <summary>Reads an address; false with the reason.</summary>
    public static bool TryParse(string text, out PkarrServer server, out string error)
    {
        server = null;
        if (!RelayUrl.TryParse(text, out RelayUrl url, out error)) return false;
        string whole = url.ToString();
        int path = whole.IndexOf('/', whole.IndexOf("//") + 2);
        string prefix = path < 0 ? "" : whole.Substring(path);
        if (prefix.IndexOf('?') >= 0 || prefix.IndexOf('#') >= 0)
        {
            error = "a lookup server's address has no query";
            return false;
        }

        while (prefix.Length > 0 && prefix[prefix.Length - 1] == '/') prefix = prefix.Substring(0, prefix.Length - 1);
        server = new PkarrServer(url, prefix);
        return true;
    }

    /// <summary>The path under which an id's packet is put and got.</summary>
    public string PathOf(EndpointId id) => _path + "/" + id.ToZ32();
}
