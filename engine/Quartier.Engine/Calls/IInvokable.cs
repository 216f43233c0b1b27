using System.Reflection;

namespace Orleans.Serialization.Invocation;

/// <summary>A call as filters see it: its method and arguments.</summary>
public interface IInvokable
{
    /// <summary>How many arguments the call has.</summary>
    int GetArgumentCount();

    /// <summary>An argument, counted from zero.</summary>
    object? GetArgument(int index);

    /// <summary>Replaces an argument, counted from zero.</summary>
    void SetArgument(int index, object value);

    /// <summary>The method's name.</summary>
    string GetMethodName();

    /// <summary>The interface's name.</summary>
    string GetInterfaceName();

    /// <summary>Interface and method, as a trace would show them.</summary>
    string GetActivityName();

    /// <summary>The interface's method.</summary>
    MethodInfo GetMethod();

    /// <summary>The interface.</summary>
    Type GetInterfaceType();

    /// <summary>How long the caller waits by the method's <see cref="ResponseTimeoutAttribute"/>; null without one, when it waits as long as the silo has set.</summary>
    TimeSpan? GetDefaultResponseTimeout() => null;
}
