using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace IrohLite.Desktop.Simulation;

/// <summary>The air around the virtual board: a daily curve, or the rows of a CSV file repeated for ever.</summary>
public sealed class SimulatedClimate
{
    private const double DayMs = 24 * 3600 * 1000.0;

    private readonly List<(int Temperature, int Humidity)> _rows = new();
    private readonly double _meanTemperature;
    private readonly double _swing;
    private readonly double _meanHumidity;
    private readonly long _rowMs;

    /// <summary>A daily curve around a mean: warmest and driest in the middle of the day.</summary>
    public SimulatedClimate(double meanTemperature, double swing, double meanHumidity)
    {
        (_meanTemperature, _swing, _meanHumidity) = (meanTemperature, swing, meanHumidity);
    }

    private SimulatedClimate(List<(int, int)> rows, long rowMs)
    {
        (_rows, _rowMs) = (rows, rowMs);
    }

    /// <summary>
    /// Reads rows "temperature,humidity" (degrees and percent, one decimal); each lasts <paramref name="rowMs"/>. Throws
    /// InvalidDataException that names the line.
    /// </summary>
    public static SimulatedClimate FromCsv(string path, long rowMs)
    {
        List<(int, int)> rows = new();
        string[] lines = File.ReadAllLines(path);
        for (int i = 0; i < lines.Length; i++)
        {
            string[] cells = lines[i].Split(',');
            if (lines[i].Length == 0 || lines[i][0] == '#') continue;
            if (cells.Length != 2 || !Tenths(cells[0], -400, 800, out int t) || !Tenths(cells[1], 0, 1000, out int h))
                throw new InvalidDataException($"{path} line {i + 1}: expected temperature,humidity such as 21.5,40.0");
            rows.Add((t, h));
        }

        if (rows.Count == 0) throw new InvalidDataException(path + ": no rows");
        return new SimulatedClimate(rows, rowMs);
    }

    /// <summary>Temperature and humidity in tenths at an uptime in milliseconds.</summary>
    public (int Temperature, int Humidity) At(long nowMs)
    {
        if (_rows.Count > 0) return _rows[(int)(nowMs / _rowMs % _rows.Count)];
        double phase = Math.Sin(2 * Math.PI * (nowMs / DayMs));
        int temperature = (int)Math.Round((_meanTemperature + _swing * phase) * 10);
        int humidity = (int)Math.Round((_meanHumidity - 2 * _swing * phase) * 10);
        return (Math.Clamp(temperature, -400, 800), Math.Clamp(humidity, 0, 1000));
    }

    private static bool Tenths(string text, int min, int max, out int tenths)
    {
        bool parsed = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value);
        tenths = parsed ? (int)Math.Round(value * 10) : 0;
        return parsed && tenths >= min && tenths <= max;
    }
}
