namespace Quartier.Engine.Turns;

/// <summary>Whose turn it is on this thread.</summary>
internal static class RuntimeContext
{
    /// <summary>The activation whose turn runs on this thread; null outside of a grain.</summary>
    public static Activation? Current => SynchronizationContext.Current as Activation;
}
