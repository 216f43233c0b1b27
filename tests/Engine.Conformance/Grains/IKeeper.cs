using Orleans;

namespace Quartier.Engine.Conformance.Grains;

/// <summary>Keeps a number in each of two storages.</summary>
[Alias("conformance.IKeeper")]
public interface IKeeper : IGrainWithStringKey
{
    [Alias("Write")]
    Task Write(int value, int named);

    [Alias("Read")]
    Task<KeeperResult> Read();

    /// <summary>Writes with a version that was stored before; the storage must refuse.</summary>
    [Alias("WriteOutdated")]
    Task WriteOutdated();

    [Alias("Clear")]
    Task Clear();

    [Alias("End")]
    Task End();
}
