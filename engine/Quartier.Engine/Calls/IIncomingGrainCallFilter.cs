namespace Orleans;

/// <summary>Stands before every call that arrives at a grain; a grain class may implement it for itself.</summary>
public interface IIncomingGrainCallFilter
{
    /// <summary>Sees the call and passes it on with <see cref="IGrainCallContext.Invoke"/>, or does not.</summary>
    Task Invoke(IIncomingGrainCallContext context);
}
