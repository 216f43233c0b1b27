namespace Quartier.Storage.Ledgers;

/// <summary>A signed checkpoint and the number of entries under it.</summary>
internal sealed record SizedNote(long Size, string Text);
