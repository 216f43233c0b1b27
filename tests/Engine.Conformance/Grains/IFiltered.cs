using Orleans;

namespace Quartier.Engine.Conformance.Grains;

[Alias("conformance.IFiltered")]
public interface IFiltered : IGrainWithStringKey
{
    [Alias("Add")]
    Task<int> Add(int left, int right);

    [Alias("Seen")]
    Task<string> Seen();
}

public sealed class FilteredGrain : Grain, IFiltered, IIncomingGrainCallFilter
{
    private string _seen = "";

    public Task<int> Add(int left, int right) => Task.FromResult(left + right);

    public Task<string> Seen() => Task.FromResult(_seen);

    public Task Invoke(IIncomingGrainCallContext context)
    {
        _seen += context.ImplementationMethod.Name + ";";
        return context.Invoke();
    }
}
