using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace IrohLite.Desktop;

/// <summary>Numeric options with bounds, which say what they want when they get something else.</summary>
public static class OptionRange
{
    /// <summary>Makes an option read numbers within bounds.</summary>
    public static Option<T> Within<T>(this Option<T> option, T from, T to, string wish)
        where T : struct, INumber<T>
    {
        option.CustomParser = result => Read(result, option.Name, from, to, wish);
        return option;
    }

    /// <summary>The same for an option that may be left out.</summary>
    public static Option<T?> Within<T>(this Option<T?> option, T from, T to, string wish)
        where T : struct, INumber<T>
    {
        option.CustomParser = result => Read(result, option.Name, from, to, wish);
        return option;
    }

    private static T Read<T>(ArgumentResult result, string name, T from, T to, string wish)
        where T : struct, INumber<T>
    {
        string given = result.Tokens[0].Value;
        NumberStyles style = typeof(T) == typeof(double) ? NumberStyles.Float : NumberStyles.None;
        if (T.TryParse(given, style, CultureInfo.InvariantCulture, out T value) && value >= from && value <= to) return value;
        result.AddError(name + " wants " + wish + ", not '" + given + "'");
        return from;
    }
}
