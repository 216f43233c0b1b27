namespace Quartier.Domain.Policies;

/// <summary>One registered datastream as a decision sees it.</summary>
/// <param name="Property">Its property.</param>
/// <param name="Stream">The entry that matches it; null in quarantine.</param>
/// <param name="Outside">For each of the entry's grants whether the sensor lies outside its area; null when it lies inside all.</param>
internal sealed record ReadSite(string Property, CompiledStream? Stream, bool[]? Outside)
{
    public bool IsInside(int grant) => Outside is null || !Outside[grant];
}
