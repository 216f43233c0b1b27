using System.Reflection;

namespace Grains.Tests.Ingest;

/// <summary>A factory of grains that knows one city's grain, which cannot be reached until it is set.</summary>
public class FailingFactory : DispatchProxy
{
    internal RecordingCity? City { get; set; }

    internal int Failed { get; private set; }

    internal static FailingFactory New() => (FailingFactory)Create<IGrainFactory, FailingFactory>();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (City is null)
        {
            Failed++;
            throw new TimeoutException("the city does not answer");
        }

        return City;
    }
}
