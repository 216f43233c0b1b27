namespace Quartier.Contracts.Registers;

/// <summary>Bounds of what is kept of records.</summary>
public static class RecordLimits
{
    /// <summary>Longest record that is kept, in UTF-16 characters: several times what the largest policies give.</summary>
    public const int MaxCharacters = 8 * 1024 * 1024;
}
