using Kml.Model;
using Xunit;
using static Kml.KmodGen.Tests.Bodies.FormBuilder;

namespace Kml.KmodGen.Tests.Bodies;

/// <content>References that lead to one place or another.</content>
public partial class FormTests
{
    private static readonly ArrayData Grid = new(new ArrayData(U32, 4), 2);

    [Fact]
    public void A_reference_that_is_only_read_by() => Check(
        Update(
            [new("Reads", ScalarType.U32), new("Writes", ScalarType.U32), new("Last", ScalarType.U32)],
            [],
            Either("count", Q.Dot("Reads"), Q.Dot("Writes"), U32),
            Q.Dot("Last").Set(Var("count").Get())),
        """
        static inline int body(const struct kml_bio_queue *e, struct kml_t_state *state)
        {
        	const u32 *m_count;

        	if (e->sectors > 8)
        		m_count = &state->m_reads;
        	else
        		m_count = &state->m_writes;
        	state->m_last = *m_count;
        	return 0;
        }
        """);

    [Fact]
    public void A_reference_to_an_array_of_arrays() => Check(
        Update(
            [new("Reads", Grid), new("Writes", Grid)],
            [],
            Either("grid", Q.Dot("Reads"), Q.Dot("Writes"), Grid),
            Var("grid").At(Num32(1), 2).At(Num32(3), 4).Set(Sectors)),
        """
        static inline int body(const struct kml_bio_queue *e, struct kml_t_state *state)
        {
        	u32 (*m_grid)[4];

        	if (e->sectors > 8)
        		m_grid = state->m_reads;
        	else
        		m_grid = state->m_writes;
        	m_grid[1][3] = e->sectors;
        	return 0;
        }
        """);

    [Fact]
    public void A_copy_within_what_a_reference_leads_to() => Check(
        Update(
            [new("Last", Eight)],
            [],
            new Declare("mine", Eight),
            new Copy(Var("mine"), Q.Dot("Last"), Eight),
            new Declare("other", Eight),
            Either("any", Var("mine"), Var("other"), Eight),
            new Copy(new SlicePlace(Var("mine"), 2, 4), new SlicePlace(Var("any"), 0, 4), new ArrayData(U32, 4)),
            new Copy(Q.Dot("Last"), Var("mine"), Eight)),
        """
        static inline int body(const struct kml_bio_queue *e, struct kml_t_state *state)
        {
        	u32 m_other[8] = { 0 };
        	const u32 *m_any;
        	u32 m_mine[8];

        	__builtin_memcpy(m_mine, state->m_last, sizeof(m_mine));
        	if (e->sectors > 8)
        		m_any = m_mine;
        	else
        		m_any = m_other;
        	__builtin_memmove(&m_mine[2], m_any, 4 * sizeof(u32));
        	__builtin_memcpy(state->m_last, m_mine, sizeof(state->m_last));
        	return 0;
        }
        """);

    [Fact]
    public void An_argument_that_can_fault_has_a_name_of_ours()
    {
        Method note = Function("Note", null, [Ref("max", U32), Scalar("current")], When(UInt("max").Below(UInt("current")), Var("max").Set(UInt("current"))));
        Check(
            Update(
                [new("Max", ScalarType.U32), new("Sum", ScalarType.U32), new("Count", ScalarType.U32)],
                [note],
                new Evaluate(Calls(note, By(Q.Dot("Max")), By(Q.Dot("Sum").Get().Op(BinaryOperator.Divide, Q.Dot("Count").Get()))))),
            """
            /* Note(max, current) */
            static inline void kml_t_m_note(u32 *m_max, u32 m_current)
            {
            	if (*m_max < m_current)
            		*m_max = m_current;
            }

            static inline int body(const struct kml_bio_queue *e, struct kml_t_state *state)
            {
            	int fault = 0;
            	u32 argument = kml_div_u32(state->m_sum, state->m_count, &fault);

            	(void)e;
            	if (fault)
            		return fault;
            	kml_t_m_note(&state->m_max, argument);
            	return 0;
            }
            """);
    }

    [Fact]
    public void A_step_that_nothing_is_left_of() => Check(
        Update(
            [new("Mask", ScalarType.U32), new("Odd", ScalarType.U32)],
            [],
            new Let("k", Num(0)),
            Q.Dot("Odd").Set(Num(0)),
            new Loop(
                Q.Dot("Mask").Get().Op(BinaryOperator.NotEqual, Num(0)),
                false,
                Do(
                    Q.Dot("Mask").Set(Q.Dot("Mask").Get().Op(BinaryOperator.ShiftRight, Num32(1))),
                    When(Q.Dot("Mask").Get().Op(BinaryOperator.Equal, Num(4)), new Continue()),
                    Q.Dot("Odd").Set(Q.Dot("Odd").Get().Plus(Num(1)))),
                Do(Var("k").Set(UInt("k").Plus(Num(1)))),
                32,
                false)),
        """
        static inline int body(const struct kml_bio_queue *e, struct kml_t_state *state)
        {
        	(void)e;
        	state->m_odd = 0;
        	while (state->m_mask != 0) {
        		state->m_mask >>= 1;
        		if (state->m_mask == 4)
        			continue;
        		state->m_odd++;
        	}
        	return 0;
        }
        """);

    private static If Either(string name, Place first, Place second, DataType data) => new(
        Sectors.Op(BinaryOperator.Greater, Num(8)),
        Do(new Refer(name, first, data)),
        Do(new Refer(name, second, data)));
}
