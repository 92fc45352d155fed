using System;
using System.CommandLine;
using System.Globalization;

namespace IrohLite.Cli;

/// <summary>Numeric options with bounds, which say what they want when they get something else.</summary>
internal static class OptionRange
{
    /// <summary>Makes an option read whole numbers within bounds.</summary>
    internal static Option<int> Within(this Option<int> option, int from, int to, string wish)
    {
        option.CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= from && value <= to) return value;
            result.AddError(Text(option, wish, result.Tokens[0].Value));
            return from;
        };
        return option;
    }

    /// <summary>Makes an option read numbers within bounds.</summary>
    internal static Option<double> Within(this Option<double> option, double from, double to, string wish)
    {
        option.CustomParser = result =>
        {
            if (double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= from && value <= to) return value;
            result.AddError(Text(option, wish, result.Tokens[0].Value));
            return from;
        };
        return option;
    }

    private static string Text(Option option, string wish, string given) => option.Name + " wants " + wish + ", not '" + given + "'";
}
