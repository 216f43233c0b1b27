using System.Collections.Immutable;
using Quartier.Contracts.Retention;

namespace Quartier.Contracts.Assets;

/// <summary>An infrastructure object's live twin. Key: <see cref="GrainKeys.Asset"/>.</summary>
[Alias("quartier.IAssetGrain")]
public interface IAssetGrain : IGrainWithStringKey
{
    /// <summary>Takes readings of a mounted sensor, in order of event time, and computes the state anew.</summary>
    [Alias("Observe"), ResponseTimeout(ResponseTimes.Waking)]
    Task Observe(AssetObservation observation);

    /// <summary>The live state.</summary>
    [Alias("GetState"), ReadOnly]
    Task<AssetState> GetState();

    /// <summary>Forgets readings whose retention has ended, in memory and in what is kept for a restart.</summary>
    /// <param name="cutoffs">Of every datastream that is bound to the asset.</param>
    [Alias("Forget"), ResponseTimeout(ResponseTimes.Waking)]
    Task Forget(ImmutableArray<ForgetBefore> cutoffs);

    /// <summary>Takes up the registered definition again; called after the registry changed.</summary>
    [Alias("Refresh"), ResponseTimeout(ResponseTimes.Waking)]
    Task Refresh();
}
