using Orleans;

namespace Quartier.Engine.Conformance.Embedded;

public interface IInlineProbe : IGrainWithStringKey
{
    Task<int> Thread();

    Task Block();

    Task<bool> Later();

    Task Fail();

    /// <summary>Calls a chain of grains and returns the greatest depth of turns on one thread that it has seen.</summary>
    Task<int> Descend(string prefix, int left);
}
