using Quartier.Domain.Ledgers;

namespace Quartier.Storage.Ledgers;

/// <summary>A checkpoint that the entries must agree with.</summary>
/// <param name="Checkpoint">What was signed.</param>
/// <param name="IsOutside">Whether it comes from the copy outside the data directory.</param>
internal sealed record SignedRoot(Checkpoint Checkpoint, bool IsOutside)
{
    /// <summary>How messages name it.</summary>
    public string Name => $"the checkpoint of {Checkpoint.Size} entries{(IsOutside ? " outside the data directory" : string.Empty)}";
}
