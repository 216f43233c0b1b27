using Orleans;

namespace Quartier.Engine.Conformance.Grains;

[Alias("conformance.IContextProbe")]
public interface IContextProbe : IGrainWithStringKey
{
    [Alias("Read")]
    Task<string?> Read(string key, string next);

    [Alias("Overwrite")]
    Task Overwrite(string key, string value);
}
