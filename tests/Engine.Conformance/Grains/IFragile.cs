using Orleans;

namespace Quartier.Engine.Conformance.Grains;

/// <summary>Fails to activate as often as the signal count <c>{key}.fail</c> was raised.</summary>
[Alias("conformance.IFragile")]
public interface IFragile : IGrainWithStringKey
{
    [Alias("Say")]
    Task<string> Say();
}
