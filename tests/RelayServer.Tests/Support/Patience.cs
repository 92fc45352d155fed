using System;
using System.Threading.Tasks;
using Xunit;

namespace IrohLite.RelayServer.Tests;

/// <summary>
/// Waiting for what happens on other threads: always for an event or a condition, never for a time; the limit only turns a hang into
/// a failure.
/// </summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Limit);

    public static Task Soon(this Task task) => task.WaitAsync(Limit);

    public static async Task Until(Func<bool> condition, string what)
    {
        for (int i = 0; i < 6000 && !condition(); i++) await Task.Delay(10);
        Assert.True(condition(), what);
    }
}
