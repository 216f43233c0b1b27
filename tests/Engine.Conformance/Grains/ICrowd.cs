using Orleans;

namespace Quartier.Engine.Conformance.Grains;

/// <summary>Detects turns that overlap, get lost or run twice.</summary>
[Alias("conformance.ICrowd")]
public interface ICrowd : IGrainWithStringKey
{
    /// <summary>Adds one with as many awaits in between as told.</summary>
    [Alias("Add")]
    Task Add(int awaits);

    /// <summary>Adds one here and, before that, at another.</summary>
    [Alias("AddThrough")]
    Task AddThrough(string other, int awaits);

    [Alias("Result")]
    Task<CrowdResult> Result();
}
