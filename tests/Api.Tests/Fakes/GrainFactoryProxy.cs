using System.Reflection;

namespace Api.Tests.Fakes;

/// <summary>An IGrainFactory that answers GetGrain for interface and string key, whatever else the engine's interface has.</summary>
public class GrainFactoryProxy : DispatchProxy
{
    private Func<Type, string, object>? _find;

    public static IGrainFactory Of(Func<Type, string, object> find)
    {
        var proxy = Create<IGrainFactory, GrainFactoryProxy>();
        ((GrainFactoryProxy)proxy)._find = find;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod is { Name: "GetGrain", IsGenericMethod: true } && args is [string key, ..]
            ? _find!(targetMethod.GetGenericArguments()[0], key)
            : throw new NotSupportedException($"{targetMethod} is not faked.");
}
