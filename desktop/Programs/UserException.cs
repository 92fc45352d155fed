using System;

namespace IrohLite.Desktop;

/// <summary>Something the user can put right: the message says what failed and what to try, the word is for programs.</summary>
public sealed class UserException(string error, string message) : Exception(message)
{
    /// <summary>A program's word for the error, such as "bad-ticket".</summary>
    public string Error { get; } = error;
}
