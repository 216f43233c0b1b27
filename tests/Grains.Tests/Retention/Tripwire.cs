using System.Reflection;

namespace Grains.Tests.Retention;

/// <summary>Makes the n-th step fail: before or after a call to a port, so that the caller is interrupted at every point.</summary>
public sealed class Tripwire
{
    private int _armedAt;

    /// <summary>Steps since it was armed.</summary>
    public int Steps { get; private set; }

    /// <summary>Whether the step has come.</summary>
    public bool HasTripped { get; private set; }

    /// <summary>Alerts are not gone through before this; null for at once.</summary>
    public TaskCompletionSource? Held { get; set; }

    public void Arm(int step) => (_armedAt, Steps, HasTripped) = (step, 0, false);

    public void Disarm() => _armedAt = 0;

    public void Step(string what)
    {
        Steps++;
        if (_armedAt > 0 && Steps >= _armedAt)
        {
            HasTripped = true;
            throw new IOException($"interrupted at step {_armedAt}: {what}");
        }
    }

    public T Around<T>(T port)
        where T : class
    {
        var proxy = DispatchProxy.Create<T, Proxy<T>>();
        var made = (Proxy<T>)(object)proxy;
        (made.Port, made.Tripwire) = (port, this);
        return proxy;
    }

    internal class Proxy<T> : DispatchProxy
        where T : class
    {
        public T Port { get; set; } = null!;

        public Tripwire Tripwire { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Tripwire.Step($"before {targetMethod!.Name}");
            var result = targetMethod.Invoke(Port, BindingFlags.DoNotWrapExceptions, null, args, null);
            Tripwire.Step($"after {targetMethod.Name}");
            return Tripwire.Held is { } held && targetMethod.Name == nameof(Quartier.Contracts.Alerts.IAlertStore.RewriteAsync)
                ? new ValueTask<int>(After(held.Task, ((ValueTask<int>)result!).AsTask()))
                : result;
        }

        private static async Task<int> After(Task held, Task<int> result)
        {
            await held;
            return await result;
        }
    }
}
