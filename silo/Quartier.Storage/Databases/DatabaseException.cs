namespace Quartier.Storage.Databases;

/// <summary>SQLite refused; <see cref="Code"/> is its primary result code.</summary>
internal sealed class DatabaseException(int code, string message) : IOException(message)
{
    /// <summary>The file is damaged.</summary>
    public const int Corrupt = 11;

    /// <summary>The statement was told to end.</summary>
    public const int Interrupted = 9;

    private const int Full = 13;
    private const int NotADatabase = 26;

    /// <summary>SQLite's primary result code.</summary>
    public int Code { get; } = code;

    /// <summary>The file is damaged, as opposed to out of reach.</summary>
    public bool IsDamage => Code is Corrupt or NotADatabase;

    /// <summary>The disk is full.</summary>
    public bool IsFull => Code == Full;
}
