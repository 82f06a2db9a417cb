namespace ActorImaging.Imaging.Jpeg;

/// <summary>A component of a JPEG, as its frame header says it (ITU-T T.81, B.2.2).</summary>
/// <param name="Id">By what scans name it.</param>
/// <param name="Across">Its blocks side by side in an MCU.</param>
/// <param name="Down">Its blocks one above the other in an MCU.</param>
/// <param name="Table">By which table it is quantised.</param>
internal sealed record JpegComponent(byte Id, int Across, int Down, int Table)
{
    /// <summary>Its blocks in an MCU.</summary>
    public int Blocks => Across * Down;
}
