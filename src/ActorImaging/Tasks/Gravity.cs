namespace ActorImaging.Tasks;

/// <summary>Where in an image something lies.</summary>
public enum Gravity
{
    /// <summary>In the middle.</summary>
    Center,

    /// <summary>At the top, in the middle.</summary>
    North,

    /// <summary>At the top right corner.</summary>
    Northeast,

    /// <summary>At the right, in the middle.</summary>
    East,

    /// <summary>At the bottom right corner.</summary>
    Southeast,

    /// <summary>At the bottom, in the middle.</summary>
    South,

    /// <summary>At the bottom left corner.</summary>
    Southwest,

    /// <summary>At the left, in the middle.</summary>
    West,

    /// <summary>At the top left corner.</summary>
    Northwest,
}
