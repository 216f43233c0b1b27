namespace Orleans.Concurrency;

/// <summary>The grain's calls may interleave at every <c>await</c>; turns still never overlap.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute
{
}
