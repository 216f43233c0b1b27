namespace Quartier.Engine.Turns;

/// <summary>How many turns are nested on this thread.</summary>
internal static class InlineDepth
{
    /// <summary>
    /// Beyond this a call is queued instead of run at once. A nested turn takes some hundred bytes of stack besides what the grains use;
    /// 16 leaves the usual stack of 1 MB and more untouched and still covers every chain of calls that Quartier makes.
    /// </summary>
    public const int Limit = 16;

    /// <summary>The depth on this thread; zero outside of a turn.</summary>
    [field: ThreadStatic]
    public static int Current { get; set; }
}
