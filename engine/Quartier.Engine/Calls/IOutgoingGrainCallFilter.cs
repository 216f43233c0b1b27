namespace Orleans;

/// <summary>Stands before every call that leaves a caller.</summary>
public interface IOutgoingGrainCallFilter
{
    /// <summary>Sees the call and passes it on with <see cref="IGrainCallContext.Invoke"/>, or does not.</summary>
    Task Invoke(IOutgoingGrainCallContext context);
}
