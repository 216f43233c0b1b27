using Orleans;

namespace Quartier.Engine.Conformance.Grains;

[Alias("conformance.IReentrantProbe")]
public interface IReentrantProbe : IGrainWithStringKey
{
    [Alias("Hold")]
    Task Hold(string name);

    [Alias("CallSelf")]
    Task<string> CallSelf();

    [Alias("Say")]
    Task<string> Say();
}
